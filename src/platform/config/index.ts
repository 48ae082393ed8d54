export { InvalidSettings, loadSettings } from './load-settings.js';
export { readEnvironment } from './read-environment.js';
export { describedSettings } from './setting.js';
export { Settings } from './settings.js';
