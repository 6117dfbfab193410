"""Each change that a person can cause is one keyword-only function that knows who and when (house style 4)."""

import ast

import pytest

from tests.harness.source import modules, tree

ACTIONS = [
    pytest.param(node, id=f"{path}:{node.name}")
    for path in modules(room="actions")
    for node in tree(path).body
    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
]


@pytest.mark.parametrize("action", ACTIONS)
def test_action_takes_keywords_only_with_by_and_at(action: ast.FunctionDef):
    named = {argument.arg for argument in action.args.kwonlyargs}

    assert not action.args.args, "arguments go behind the star"
    assert not action.args.posonlyargs
    assert {"by", "at"} <= named
