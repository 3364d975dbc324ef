"""`make demo`: build the German example through the commands, show it, export it, say where it is."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEMO = HERE.parent / "demo"


def main() -> int:
    """Run the steps; stop at the first that fails."""
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    env.pop("LIVEBLOG_FILE", None)
    blog = DEMO / "liveblog.toml"
    steps = [
        (
            "Building the blog with the commands of examples/ukraine/build.sh",
            ["bash", HERE / "ukraine/build.sh", DEMO],
        ),
        ("The entries", ["liveblog", "list", "-f", blog]),
        ("The page as readers meet it", ["liveblog", "show", "-f", blog]),
        ("Exporting every format", ["liveblog", "export", "-f", blog, "-o", DEMO / "public"]),
    ]
    for title, command in steps:
        print(f"\n== {title}", flush=True)
        status = subprocess.run([str(part) for part in command], env=env, check=False).returncode
        if status:
            return status
    print(f"\nOpen the page:  {(DEMO / 'public' / 'index.html').as_uri()}")
    print(f"The blog file:  {blog}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
