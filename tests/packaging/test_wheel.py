"""What a user installs: the wheel alone, in an empty environment, away from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")


def run(*command: object, cwd: Path) -> str:
    clean = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("PREFECT_", "LCMONITOR_", "PYTHON", "VIRTUAL"))
    }
    parts = [str(part) for part in command]
    done = subprocess.run(parts, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(
        UV,
        "build",
        "--wheel",
        "--no-build-isolation",
        "--python",
        sys.executable,
        "--out-dir",
        folder,
        cwd=ROOT,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_all_content(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    tracked = run("git", "ls-files", "lcmonitor", "flows", "surveys", "reports", cwd=ROOT).split()
    expected = {name if name.startswith("lcmonitor/") else f"lcmonitor/_data/{name}" for name in tracked}
    assert expected - carried == set()


def test_the_demo_runs_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    run(UV, "venv", "--python", sys.executable, "env", cwd=tmp_path)
    python = tmp_path / "env" / "bin" / "python"
    run(
        UV,
        "pip",
        "install",
        "--python",
        python,
        "--constraint",
        ROOT / "requirements.lock",
        wheel,
        cwd=tmp_path,
    )
    lcmonitor = tmp_path / "env" / "bin" / "lcmonitor"
    printed = run(lcmonitor, "demo", "programme", cwd=tmp_path)
    assert (tmp_path / "programme" / "drafts" / "index.html").is_file()
    assert "drafts" in printed
    assert "lcmonitor approve" in printed
    run(lcmonitor, "approve", "latest", "--by", "A. Simulated", "--workspace", "programme", cwd=tmp_path)
    assert (tmp_path / "programme" / "published" / "reports" / "index.html").is_file()
