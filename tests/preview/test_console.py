"""What previews are drawn on."""

import pytest

from liveblog_cli.preview.console import make_console
from liveblog_cli.text.controls import make_printable


def test_escapes_of_an_entry_never_reach_the_terminal() -> None:
    assert make_printable("\x1b[31mred\x1b]0;title\x07") == "␛[31mred␛]0;title␇"
    assert make_printable("a\x9b31mb\x7f") == "a\ufffd31mb␡"


def test_bidi_overrides_are_dropped_and_right_to_left_text_stays() -> None:
    assert make_printable("user\u202etxt.exe\u2066 שלום") == "usertxt.exe שלום"


def test_line_breaks_stay() -> None:
    assert make_printable("a\r\nb\tc\u2028d") == "a\nb    c\nd"


def test_emoji_and_umlauts_stay() -> None:
    assert make_printable("Überflug 👩‍🚀") == "Überflug 👩‍🚀"


def test_what_is_not_a_terminal_gets_neither_colour_nor_wrapping(
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_console().print("[x] " + "word " * 200, style="bold red")
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert out.count("\n") == 1


def test_colour_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    make_console("always").print("red", style="red")
    assert "\x1b[31m" in capsys.readouterr().out


@pytest.mark.parametrize("color", ["auto", "never"])
def test_no_color_is_honoured(
    color: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    make_console(color).print("red", style="red")  # type: ignore[arg-type]  # parametrized
    assert "\x1b[31m" not in capsys.readouterr().out
