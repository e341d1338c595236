/** Common given and family names; people made of them are invented. */
export const FIRST_NAMES =
  'Ana Maya Grace Olivia Emma Sofia Lucia Camila Elena Rosa Carmen Isabel Valeria Daniela Gabriela Hannah Leah Naomi Ruth Esther Amara Zoe Chloe Nina Julia Clara Alice Martha Helen Diane Susan Linda Karen Donna Carol Janet Denise Tanya Keisha Aisha Fatima Priya Anjali Mei Yuki Hana Linh Thuy Joy Faith Hope Iris Violet Hazel Ivy Ruby Pearl Opal June April James John Robert Michael David William Joseph Thomas Charles Daniel Matthew Anthony Mark Steven Paul Andrew Joshua Kevin Brian George Luis Carlos Miguel Jose Diego Mateo Andres Rafael Javier Oscar Omar Ahmed Samir Raj Arjun Wei Kenji Minh Ivan Pavel Marek Sean Liam Noah Ethan Lucas Henry Jack Owen Caleb Isaac Elijah Leo Felix Hugo Simon Peter Frank Walter Ray Earl Roy Glen'.split(
    ' ',
  );
export const LAST_NAMES =
  'Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez Powell Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes Fisher Vasquez Simmons Graham Murray Ford Castro Marshall Owens Harrison Fernandez Kowalski Novak Rossi Schmidt Weber Dubois Okafor Mensah Haddad Cohen Katz Silva Costa Tanaka Sato Chen Wang Li Zhang Tran Pham Singh Kaur Khan Ali Larsen Berg Lindqvist Byrne Doyle Quinn Fraser Sinclair'.split(
    ' ',
  );
/** Given names whose owner may prefer Spanish. */
export const SPANISH_FIRST = new Set(
  'Ana Sofia Lucia Camila Elena Rosa Carmen Isabel Valeria Daniela Gabriela Luis Carlos Miguel Jose Diego Mateo Andres Rafael Javier Oscar'.split(
    ' ',
  ),
);

/** [area code, share of people]: a shop in the Hudson Valley, some who moved away, a few from afar. */
export const AREA_CODES: readonly (readonly [string, number])[] = [
  ['845', 52],
  ['914', 9],
  ['518', 8],
  ['917', 7],
  ['646', 4],
  ['347', 4],
  ['212', 1],
  ['718', 2],
  ['929', 1],
  ['516', 1],
  ['631', 1],
  ['201', 2],
  ['203', 2],
  ['860', 1],
  ['413', 1],
  ['973', 1],
  ['607', 1],
  ['570', 1],
  ['617', 0.6],
  ['202', 0.4],
  ['312', 0.6],
  ['512', 0.5],
  ['615', 0.3],
  ['303', 0.5],
  ['602', 0.4],
  ['206', 0.5],
  ['415', 0.6],
  ['310', 0.6],
  ['305', 0.5],
  ['808', 0.1],
];

export const TOWNS: readonly (readonly [city: string, region: string, zip: string, share: number])[] = [
  ['Kingston', 'NY', '12401', 46],
  ['Rhinebeck', 'NY', '12572', 11],
  ['Woodstock', 'NY', '12498', 9],
  ['New Paltz', 'NY', '12561', 9],
  ['Saugerties', 'NY', '12477', 8],
  ['Poughkeepsie', 'NY', '12601', 7],
  ['Hudson', 'NY', '12534', 4],
  ['Beacon', 'NY', '12508', 3],
  ['Brooklyn', 'NY', '11215', 3],
];
