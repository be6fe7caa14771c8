.PHONY: help run check test size
help: ## Show this help
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'
run: ## Start the app
	streamlit run app.py
check: ## Format, lint, types, walls
	ruff format . && ruff check . && mypy && lint-imports
test: ## All tests
	python -m pytest
size: ## Count the lines of core and pages, and how many of them are docstrings
	@python -c 'import ast, pathlib; \
	files = [p for folder in ("core", "pages") for p in pathlib.Path(folder).rglob("*.py")]; \
	kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef); \
	nodes = [n for p in files for n in ast.walk(ast.parse(p.read_text("utf-8"))) if isinstance(n, kinds)]; \
	docs = [n.body[0] for n in nodes if ast.get_docstring(n, clean=False) is not None]; \
	lines = sum(len(p.read_text("utf-8").splitlines()) for p in files); \
	print(f"{len(files)} files, {lines} lines, {sum(d.end_lineno - d.lineno + 1 for d in docs)} of them docstrings")'
