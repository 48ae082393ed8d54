/**
 * What a new-energy plate begins or ends with: D for electric, F for others. SAMPLE: since 2019 some cities also give
 * A B C E G H J K, which is not known to hold everywhere.
 */
export const NEW_ENERGY_LETTERS = 'DF';
