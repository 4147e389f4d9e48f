// Starts the page.
import '@atlaskit/css-reset'
import { createRoot } from 'react-dom/client'
import { App } from './shell/app'
import { startTheme } from './host/theme'

const element = document.getElementById('root')
if (!element) throw new Error('index.html has no element with the id root')
const root = createRoot(element)
void startTheme().then((colorMode) => root.render(<App colorMode={colorMode} />))
