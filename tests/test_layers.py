"""The package as a whole: public names, and what importing it costs."""

import subprocess
import sys

import dateline


def test_every_public_name_is_there() -> None:
    for name in dateline.__all__:
        assert getattr(dateline, name) is not None
    assert set(dateline.__all__) <= set(dir(dateline))


def test_importing_the_package_and_the_command_line_loads_nothing_heavy() -> None:
    code = "import sys, dateline, dateline.cli; print([m for m in ('spacy', 'duckdb', 'pyarrow', 'trafilatura', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_name_is_an_attribute_error() -> None:
    try:
        _ = dateline.nothing  # type: ignore[attr-defined]
    except AttributeError as error:
        assert "nothing" in str(error)
    else:
        raise AssertionError("no error")
