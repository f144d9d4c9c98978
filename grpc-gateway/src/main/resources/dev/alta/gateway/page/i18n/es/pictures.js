// Words in the pictures of a version, by their English text; {name} stands for any column or outcome. What is not here
// is shown as the picture has it.
export default {
  'of the others, wrongly found': 'de los demás, hallados por error',
  'of the class, found': 'de la clase, hallados',
  'recall: of the class, found': 'sensibilidad: de la clase, hallados',
  'precision: of what is found, right': 'precisión: de lo hallado, acertado',
  'mean probability': 'probabilidad media',
  'actual share': 'proporción real',
  'probability of {name}': 'probabilidad de {name}',
  "of the class's rows": 'de las filas de la clase',
  'raises the risk': 'aumenta el riesgo',
  'actual ↓   most probable': 'real ↓   más probable',
  '{name} and others': '{name} y otros',
};
