import pytest

from benchmarks.__main__ import build_parser
from benchmarks.commands import find_benchmarks


def test_every_module_of_commands_is_a_benchmark():
    assert {"accuracy", "peers", "throughput", "units"} <= find_benchmarks().keys()


@pytest.mark.parametrize("name", find_benchmarks())
def test_each_benchmark_explains_itself(name: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as left:
        build_parser(find_benchmarks()).parse_args([name, "--help"])
    assert left.value.code == 0
    assert "--record" in capsys.readouterr().out
