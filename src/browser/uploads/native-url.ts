/** What tus-js-client takes for the package url-parse: `new URL(link, origin)`, as the browser does it. */
export default URL
