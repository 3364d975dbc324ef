"""What several formats share: the page and its theme, the HTML and XML of feeds, structured data, portable Markdown.

Functions take values and return texts. The only files that they open are those of the built-in theme.
"""
