"""What the rules' sources hold: every code of measured evidence, and every constant that they decide on."""

import ast
from importlib import import_module
from pathlib import Path

import planning.risks

RULES = sorted(Path(planning.risks.__file__).parent.glob("*.py"))


def constants() -> list[tuple[object, str]]:
    """Each constant of the rules with the module that gives it its value; `catalogue` has none of its own."""
    return [
        (import_module(f"planning.risks.{path.stem}"), target.id)
        for path in RULES
        if path.stem != "catalogue"
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper() and not target.id.startswith("_")
    ]


def emitted() -> set[str]:
    """Every code that the rules' sources can give to `measured`."""
    codes = set()
    for path in RULES:
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
