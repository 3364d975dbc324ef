"""What several formats share: the page and its theme, feeds' HTML and XML, structured data, portable Markdown.

Values in, texts out: nothing here opens a file but the built-in theme.
"""
