package analyzer

import "github.com/flaghygiene/flaglint/internal/flagref"

// dynamicKey finds evaluations whose key is not known at build time. Such a flag
// cannot be found, checked or removed by any tool, and every other flag may be
// the one that is meant.
//
// It is told in generated files too, since the flags are as unknown there: mend what
// generates the file, or leave it out with exclude in .flaglint.yaml.
var dynamicKey = Rule{
	Name:     "dynamic-key",
	Title:    "a key is not known at build time",
	Severity: SeverityWarning,
	check:    checkDynamicKey,
}

func checkDynamicKey(p *pass) {
	for _, ref := range p.refs.References {
		if ref.Kind != flagref.Evaluation || ref.Dynamic == "" || ref.Test {
			continue
		}
		f := found{ref: ref, message: "the flag's key is not known at build time: " + ref.Dynamic}
		if ref.KeyNode != nil {
			f.node = ref.KeyNode
		}
		p.report(f)
	}
}
