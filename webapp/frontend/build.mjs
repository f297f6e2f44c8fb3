// Bundles the style sheet and the scripts into one folder, with a manifest that maps
// plain names to hashed ones: {"app.css": "app-3F2A9C1D.css"}. Beside each file lies its
// gzipped twin, so that the server need not compress anything itself.
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const outdir = process.argv[2] ?? "../static/dist";

const result = await build({
  entryPoints: { app: "src/app.js", style: "src/app.css" },
  outdir,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  entryNames: "[name]-[hash]",
  assetNames: "asset-[hash]",
  loader: { ".svg": "file", ".woff2": "file" },
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  if (/\.(js|css|svg)$/.test(path)) {
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(resolve(path)), { level: 9 }));
  }
  if (!output.entryPoint) continue;
  const built = basename(path);
  manifest[built.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1")] = built;
}
writeFileSync(join(outdir, "manifest.json"), JSON.stringify(manifest, null, 1));
