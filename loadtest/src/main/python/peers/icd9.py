"""The groups of diagnoses that the champion knows: ranges of ICD-9 categories."""

OTHER_GROUP = "Other"
# Strack et al. 2014, table 2; the first that fits.
GROUPS = {
    "Diabetes": [(250, 250)],
    "Circulatory": [(390, 459), (785, 785)],
    "Respiratory": [(460, 519), (786, 786)],
    "Digestive": [(520, 579), (787, 787)],
    "Genitourinary": [(580, 629), (788, 788)],
    "Neoplasms": [(140, 239)],
    "Musculoskeletal": [(710, 739)],
    "Injury": [(800, 999)],
}
