// `npm run mock`: the mock server with 200 accounts on port 8000 (PORT), without any with EMPTY=1.
import { readContract } from './contract.mjs'
import { Customers, fillWithActivity } from './customers.mjs'
import { fillWithDemo, generator } from './demo.mjs'
import { startMockServer } from './server.mjs'
import { Store } from './store.mjs'

const store = new Store()
const customers = new Customers(store)
if (!process.env.EMPTY) {
  fillWithDemo(store)
  fillWithActivity(customers, generator(7))
}
const { url } = await startMockServer(store, { port: Number(process.env.PORT ?? 8000), customers, openapi: readContract() })
process.stdout.write(`${url}/app/\n`)
