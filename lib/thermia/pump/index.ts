export { decodeTopic, resolveWrite, type DecodedTopic, type TopicInput } from './decode.js';
export { groupsOf, isSettingsGroup, type KnownRegisters } from './registers.js';
export { checkValue, standsAt } from './limits.js';
export { freshnessOf } from './freshness.js';
export * from './model.js';
export {
  applyListing,
  applyReport,
  emptyRecord,
  findControl,
  identityOf,
  movedBack,
  snapshotOf,
  type PumpRecord,
  type View,
} from './record.js';
