"""The smallest Typer app there is: what any command line on Typer costs."""

import typer


def main(name: str = "world") -> None:
    """Greet."""
    print(f"Hello {name}")


if __name__ == "__main__":
    typer.run(main)
