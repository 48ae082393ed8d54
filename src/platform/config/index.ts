export { InvalidSettings, loadSettings } from './load-settings.js';
export { describedSettings } from './setting.js';
export { Settings } from './settings.js';
