"""Imports point one way: planning -> assessments -> accounts; pure modules know the standard library alone."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
APPS = ("accounts", "assessments", "planning")  # each may import those before it
FIRST_PARTY = (*APPS, "config", "tests")
PURE = (
    "planning.risks",
    "planning.capacity",
    "planning.differences",
    "planning.effort_figures",
    "planning.heartbeats",
    "planning.lateness",
    "planning.leadership_acts",
    "planning.what_if",
    "assessments.scoring",
    "assessments.instruments",
    "assessments.published_means",
    "assessments.series",
    "assessments.agreement",
    "assessments.control_limits",
    "assessments.definitions",
    "assessments.group_change",
    "assessments.self_and_staff",
    "assessments.small_numbers",
    "assessments.visit_report",
    "accounts.charts",
    "accounts.profile_chart",
)

# Who may import pages and tasks: other pages, addresses, commands, the start of an app.
EDGES = ("views", "pages", "urls", "apps", "tasks", "management", "templatetags", "gallery")


def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name, migrations left out."""
    found = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = list(path.relative_to(ROOT).with_suffix("").parts)
            if "migrations" not in parts:
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports(node: ast.AST, module: str) -> set[str]:
    """The dotted names imported anywhere below a node of a module; `from a import b` counts as `a` and `a.b`."""
    found = set()
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            found |= {alias.name for alias in child.names}
        elif isinstance(child, ast.ImportFrom):
            source = ".".join([*package_of(module, child.level), *filter(None, [child.module])])
            found |= {source} | {f"{source}.{alias.name}" for alias in child.names}
    return found


def package_of(module: str, level: int) -> list[str]:
    """What the dots of a relative import stand for; nothing for an absolute one."""
    if not level:
        return []
    parts = module.split(".")
    up = level - 1 if MODULES[module].name == "__init__.py" else level
    return parts[: len(parts) - up]


def imported_by(module: str) -> set[str]:
    return imports(ast.parse(MODULES[module].read_text()), module)


def within(name: str, packages) -> bool:
    """Whether a dotted name is one of these packages or lies in one."""
    return any(name == package or name.startswith(package + ".") for package in packages)


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_what_lies_below_it(app):
    above = APPS[APPS.index(app) + 1 :]

    upward = {
        f"{module} imports {name}"
        for module in MODULES
        if within(module, [app])
        for name in imported_by(module)
        if within(name, above)
    }

    assert not upward


def test_pure_modules_import_the_standard_library_and_each_other_only():
    pure = [module for module in MODULES if within(module, PURE)]

    impure = {
        f"{module} imports {name}"
        for module in pure
        for name in imported_by(module)
        if name.split(".")[0] not in sys.stdlib_module_names and not within(name, PURE)
    }

    assert any(module.startswith("planning.risks.") for module in pure)
    assert not impure


def test_no_import_of_ours_hides_in_a_function_to_dodge_a_circle():
    hidden = {
        f"{module}.{function.name} imports {name}"
        for module, path in MODULES.items()
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for name in imports(function, module)
        if within(name, FIRST_PARTY)
    }

    assert not hidden


@pytest.mark.parametrize("kind", ["views", "tasks"])
def test_domain_modules_know_neither_pages_nor_tasks(kind):
    packages = [f"{app}.{kind}" for app in APPS]

    knowing = {
        f"{module} imports {name}"
        for module in MODULES
        if not set(module.split(".")[1:]) & set(EDGES)
        for name in imported_by(module)
        if within(name, packages)
    }

    assert not knowing


def test_the_product_never_imports_its_tests():
    assert not {
        f"{module} imports {name}" for module in MODULES for name in imported_by(module) if within(name, ["tests"])
    }
