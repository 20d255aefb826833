"""Every code of measured evidence that the rules can give, read from their sources."""

import ast
from pathlib import Path

import planning.risks


def emitted() -> set[str]:
    """Every code that the rules' sources can give to `measured`."""
    codes = set()
    for path in Path(planning.risks.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "measured":
                first = node.args[0]
                codes |= {one.value for one in ast.walk(first) if isinstance(one, ast.Constant)}
                if isinstance(first, ast.Name):
                    codes |= assigned(path, first.id)
    return codes


def assigned(path: Path, name: str) -> set[str]:
    """The strings that a variable of a module can hold, also as part of a pair."""
    values = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Assign) and name in {
            one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name)
        }:
            values |= {
                one.value
                for one in ast.walk(node.value)
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            }
    return values
