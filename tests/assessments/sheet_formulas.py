"""A small reader of spreadsheet formulas for the tests: it knows nothing of what a sheet is to compute."""

import ast
import math
import re
import statistics

from openpyxl.utils import range_boundaries

REFERENCE = re.compile(r"(?:'([^']+)'!)?(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![\w(])")


class Reader:
    """Works out cells of a workbook as a spreadsheet does."""

    def __init__(self, book):
        self.book = book
        self.known = {}

    def value(self, sheet: str, cell: str):
        """What a cell comes to; empty text where a formula says so, None where there is nothing."""
        cell = cell.replace("$", "")
        if (sheet, cell) not in self.known:
            content = self.book[sheet][cell].value
            formula = isinstance(content, str) and content.startswith("=")
            self.known[sheet, cell] = self.work_out(content[1:], sheet) if formula else content
        return self.known[sheet, cell]

    def cells(self, sheet: str, cells: str) -> list:
        left, top, right, bottom = range_boundaries(cells.replace("$", ""))
        rows = self.book[sheet].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
        return [self.value(sheet, cell.coordinate) for row in rows for cell in row]

    def work_out(self, formula: str, sheet: str):
        text = '""'.join(
            REFERENCE.sub(lambda found: f"REF({found[1] or sheet!r},{found[2]!r})", part)
            for part in formula.split('""')
        )
        return self.of(ast.parse(text, mode="eval").body)

    def of(self, node):
        match node:
            case ast.Constant(value=value):
                return value
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self.of(operand)
            case ast.BinOp(left=left, op=op, right=right):
                one, other = self.of(left), self.of(right)
                return one - other if isinstance(op, ast.Sub) else one * other
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                one, other = self.of(left), self.of(right)
                return {ast.GtE: lambda: one >= other, ast.Gt: lambda: one > other, ast.Lt: lambda: one < other}[
                    type(op)
                ]()
            case ast.Call(func=ast.Name(id="IF"), args=[test, yes, no]):
                return self.of(yes) if self.of(test) else self.of(no)
            case ast.Call(func=ast.Name(id="REF"), args=[sheet, cells]):
                which = self.of(sheet), self.of(cells)
                return self.cells(*which) if ":" in which[1] else self.value(*which)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return FUNCTIONS[name](*map(self.of, arguments))
        raise AssertionError(ast.dump(node))


def numbers(cells: list) -> list:
    return [cell for cell in cells if isinstance(cell, int | float)]


FUNCTIONS = {
    "COUNT": lambda cells: len(numbers(cells)),
    "AVERAGE": lambda cells: statistics.fmean(numbers(cells)),
    "STDEV": lambda cells: statistics.stdev(numbers(cells)),
    "SQRT": math.sqrt,
    "AND": lambda *tests: all(tests),
    "ISNUMBER": lambda cell: isinstance(cell, int | float),
    "COUNTIF": lambda cells, wanted: numbers(cells).count(wanted),
}
