.PHONY: help run check test
help: ## Show this help
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'
run: ## Start the app
	streamlit run app.py
check: ## Format, lint, types, walls
	ruff format . && ruff check . && mypy && lint-imports
test: ## All tests
	python -m pytest
