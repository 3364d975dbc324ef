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
"""Typer's script with two changes. Zsh loads it at the first press of Tab: the last lines answer that press too. And
the text to evaluate is quoted, so that no option of zsh changes it first."""


def make_script(shell: str = "") -> str:
    """The script that a shell reads to complete our commands; by default for the shell that started us.

    Raises:
        WrongUsage: no shell of that name is known.
    """
    from typer._completion_shared import get_completion_script

    shell = _check_shell(shell)
    if shell == "zsh":
        return _ZSH
    text: str = get_completion_script(
        prog_name="liveblog", complete_var=shells.VARIABLE, shell=shell
    )
    return f"{text}\n"


def install(shell: str = "") -> str:
    """Put the script where the shell reads it. Answers what to tell the user.

    Raises:
        WrongUsage: no shell of that name is known.
    """
    from typer import _completion_shared

    shell = _check_shell(shell)
    _, path = _completion_shared.install(
        shell=shell, prog_name="liveblog", complete_var=shells.VARIABLE
    )
    if shell == "zsh":
        path.write_text(make_script(shell))
    return (
        f"{shell} completion installed in {path}; it works in every terminal opened from now on\n"
    )


def _check_shell(shell: str) -> str:
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
