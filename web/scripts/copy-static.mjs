// After `vite build`: adds the viewers of /docs and /redoc, and the licences of everything that is shipped.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = `${root}node_modules`
const target = `${root}dist/docs-assets`

mkdirSync(target, { recursive: true })
const files = [
  `${modules}/swagger-ui-dist/swagger-ui-bundle.js`,
  `${modules}/swagger-ui-dist/swagger-ui.css`,
  `${root}docs-pages/swagger-start.js`,
  `${root}docs-pages/redoc-start.js`,
  `${root}docs-pages/docs.css`,
]
for (const file of files) copyFileSync(file, `${target}/${file.split('/').pop()}`)

// Redoc fetches its maker's logo from another host; no page of ours may. It hides a logo that cannot be drawn.
const foreignLogo = 'https://cdn.redoc.ly/redoc/logo-mini.svg'
const redoc = readFileSync(`${modules}/redoc/bundles/redoc.standalone.js`, 'utf8')
if (!redoc.includes(foreignLogo)) throw new Error('Redoc has changed: see where its logo comes from now.')
writeFileSync(`${target}/redoc.standalone.js`, redoc.replace(foreignLogo, 'data:,'))

const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'))
const shipped = Object.keys(packages).filter((path) => path.startsWith('node_modules/') && !packages[path].dev)
const viewers = ['node_modules/swagger-ui-dist', 'node_modules/redoc']

writeFileSync(`${root}dist/licenses.txt`, licences(shipped))
writeFileSync(`${target}/licenses.txt`, licences(viewers, ['swagger-ui-bundle.js.LICENSE.txt', 'redoc.standalone.js.LICENSE.txt']))

function licences(paths, bundled = []) {
  return paths
    .map((path) => {
      const folders = [`${root}${path}`, `${root}${path}/bundles`].filter(existsSync)
      const texts = folders.flatMap((folder) =>
        readdirSync(folder)
          .filter((name) => /^(licen[cs]e|notice)/i.test(name) || bundled.includes(name))
          .map((name) => readFileSync(`${folder}/${name}`, 'utf8').trim()),
      )
      return `${path.replace('node_modules/', '')} ${packages[path].version} (${packages[path].license ?? 'see below'})\n\n${texts.join('\n\n')}`
    })
    .join(`\n\n${'-'.repeat(79)}\n\n`)
    .concat('\n')
}
