export { CourtApiModule } from './court.module.js';
