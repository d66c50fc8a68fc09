// Draws /redoc. A file of its own, because the content security policy allows no inline script.
window.Redoc.init('/openapi.json', { disableSearch: true, hideDownloadButton: false }, document.getElementById('redoc'))
