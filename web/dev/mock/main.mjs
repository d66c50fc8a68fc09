// `npm run mock`: the mock server with 200 accounts on port 8000 (PORT), without any with EMPTY=1.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'

import { fillWithDemo } from './demo.mjs'
import { startMockServer } from './server.mjs'
import { Store } from './store.mjs'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const contract = `${tmpdir()}/keepwell-openapi-${process.pid}.json`
execFileSync('python3', [`${root}scripts/yaml_to_json.py`, `${root}api/openapi.yaml`, contract])

const store = new Store()
if (!process.env.EMPTY) fillWithDemo(store)
const { url } = await startMockServer(store, { port: Number(process.env.PORT ?? 8000), openapi: readFileSync(contract, 'utf8') })
process.stdout.write(`${url}/app/\n`)
