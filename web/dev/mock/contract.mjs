import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** api/openapi.yaml as JSON text. */
export function readContract() {
  const folder = mkdtempSync(`${tmpdir()}/keepwell-`)
  try {
    execFileSync('python3', [`${root}scripts/yaml_to_json.py`, `${root}api/openapi.yaml`, `${folder}/openapi.json`])
    return readFileSync(`${folder}/openapi.json`, 'utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}
