# The commands of this repository; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help build test golden lint format run sandbox bench bench-sets bench-web publish web screenshots test-program

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

build: ## Build everything, warnings are errors
	dotnet build -v q --nologo

test: ## Run all tests, on SQLite and PostgreSQL (TRIBUTARY_TEST_POSTGRES names the server); ends with "N passed, M failed"
	@eng/test

golden: ## Write the approved transcripts anew; read the difference as a change of the API
	TRIBUTARY_GOLDEN=write dotnet run --project tests/Tributary.Tests -- -class "*GoldenTests"

lint: ## Check formatting
	dotnet format whitespace . --folder --verify-no-changes --exclude artifacts/ web/node_modules/

format: ## Repair formatting
	dotnet format whitespace . --folder --exclude artifacts/ web/node_modules/

web: ## Check and test the web app's own parts (Node.js)
	@cd web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent check && npm run --silent test

screenshots: ## Draw every screen into docs/screens, to be looked at
	dotnet build tests/Tributary.Tests -v q --nologo
	dotnet run --project tests/Tributary.Tests --no-build -- -noColor -explicit only -class "*ScreenshotTests"

run: ## Run the server with demo data
	dotnet run --project src/Tributary.Server

sandbox: ## Run a throw-away server for integrators' tests
	dotnet run --project src/Tributary.Server -- sandbox

bench: ## Measure every goal on both databases into docs/performance (first: make bench-sets)
	dotnet run -c Release --project bench -- table

bench-sets: ## Make the data sets that the measurements read, and publish the program
	dotnet run -c Release --project bench -- table --prepare

bench-web: ## Measure scrolling a board of 10,000 deals and a list of 100,000 in Chromium (some minutes; nothing else should run)
	dotnet build tests/Tributary.Tests -v q --nologo
	dotnet run --project tests/Tributary.Tests --no-build -- -noColor -explicit only -class "*ScrollFigures"
	@cat artifacts/bench/web.md

test-program: publish ## Try the published program: every operation, its commands, and killed at any moment (some minutes)
	dotnet build tests/Tributary.Tests -v q --nologo
	TRIBUTARY_TEST_PROGRAM=$(CURDIR)/artifacts/program/tributary dotnet run --project tests/Tributary.Tests --no-build -- -noColor -explicit only -class "*PublishedProgramTests"
	TRIBUTARY_TEST_PROGRAM=$(CURDIR)/artifacts/program/tributary dotnet run --project tests/Tributary.Tests --no-build -- -noColor -class "*CrashTests" -class "*ImportCommandTests"

publish: ## Make one file that runs without .NET, compiled ahead, in artifacts/program (some minutes)
	dotnet publish src/Tributary.Server -c Release --use-current-runtime --self-contained -p:PublishSingleFile=true -p:PublishReadyToRun=true -o artifacts/program -v q --nologo
