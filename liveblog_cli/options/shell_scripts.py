"""The scripts by which shells ask this program what to complete, to show or to install."""

from __future__ import annotations

from liveblog_cli.errors import WrongUsage
from liveblog_cli.options import shells

_ZSH = """\
#compdef liveblog

_liveblog_completion() {
  eval "$(env _TYPER_COMPLETE_ARGS="${words[1,$CURRENT]}" _LIVEBLOG_COMPLETE=complete_zsh liveblog)"
}

compdef _liveblog_completion liveblog

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _liveblog_completion "$@"
fi
"""
"""Typer's without two faults: zsh reads it when Tab is pressed for the first time, and that Tab shall be
answered too; and what is evaluated stands in quotes, so that no option of zsh expands it before."""


def script(shell: str = "") -> str:
    """What a shell has to read once so that it completes; by default the one that runs us.

    Raises:
        WrongUsage: no shell of that name is known.
    """
    from typer._completion_shared import get_completion_script

    shell = _known(shell)
    if shell == "zsh":
        return _ZSH
    text: str = get_completion_script(
        prog_name="liveblog", complete_var=shells.VARIABLE, shell=shell
    )
    return f"{text}\n"


def install(shell: str = "") -> str:
    """Put the script where the shell reads it; answers what to tell.

    Raises:
        WrongUsage: no shell of that name is known.
    """
    from typer._completion_shared import install as installed

    shell = _known(shell)
    _, path = installed(shell=shell, prog_name="liveblog", complete_var=shells.VARIABLE)
    if shell == "zsh":
        path.write_text(script(shell))
    return (
        f"{shell} completion installed in {path}; it works in every terminal opened from now on\n"
    )


def _known(shell: str) -> str:
    from typer._completion_shared import _get_shell_name

    shell = shell or _get_shell_name() or ""
    if shell not in shells.FORMATS:
        from liveblog_cli.text.suggest import suggest

        said = (
            f"no completion for the shell {shell!r}{suggest(shell, shells.FORMATS)}"
            if shell
            else "which shell this is can't be seen"
        )
        raise WrongUsage(said, f"name one: {', '.join(shells.FORMATS)}")
    return shell
