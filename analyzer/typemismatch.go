package analyzer

import (
	"fmt"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
)

// typeMismatch finds evaluations that ask for another type than the flag is
// registered with. The SDK then gives the fallback, for every user and for ever,
// and mentions it in a log at most.
//
// An int flag may be read as a float. What the registry or the code does not tell
// the type of is not compared.
var typeMismatch = Rule{
	Name:          "type-mismatch",
	Title:         "a flag is evaluated as another type than registered",
	Severity:      SeverityError,
	NeedsRegistry: true,
	check:         checkTypeMismatch,
}

func checkTypeMismatch(p *pass) {
	for _, ref := range p.references(flagref.Evaluation) {
		row := p.flag(ref.Key)
		if row == nil || ref.Param != "" || agree(row.Type, ref.Type) {
			continue
		}
		p.report(found{ref: ref, message: fmt.Sprintf("flag %q is evaluated as %s, and registered as %s", ref.Key, ref.Type, row.Type)})
	}
}

// agree reports whether a flag registered as one type may be evaluated as another.
func agree(registered, evaluated registry.Type) bool {
	return registered == evaluated ||
		registered == registry.TypeUnknown || evaluated == registry.TypeUnknown ||
		registered == registry.TypeInt && evaluated == registry.TypeFloat
}
