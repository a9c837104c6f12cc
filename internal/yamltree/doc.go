// Package yamltree reads one YAML or JSON document strictly into a small tree
// with positions, and decodes trees into Go values with every error told.
//
// It takes the part of YAML that configuration needs: mappings with text keys,
// sequences and scalars of the core schema. Anchors, aliases, merge keys, tags,
// directives, complex keys and further documents are refused, which also makes
// alias bombs impossible. Size and depth are bounded before anything is parsed.
package yamltree
