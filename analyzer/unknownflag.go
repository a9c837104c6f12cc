package analyzer

import (
	"fmt"
	"go/ast"
	"go/token"
	"strconv"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"golang.org/x/tools/go/analysis"
)

// unknownFlag finds keys that no registry has. The service answers an unknown key
// with the fallback and says nothing, so a misspelt key is a flag that can never
// be switched; where one registered key is close, it is proposed.
//
// A key that a constant of another module names is that module's to register,
// and a flag that code registers is known by that.
var unknownFlag = Rule{
	Name:          "unknown-flag",
	Title:         "a key is in no registry",
	Severity:      SeverityError,
	NeedsRegistry: true,
	Fix:           FixSometimes,
	Options: []Option{
		{Name: "tests", Doc: "look at test files too, where keys are often made up", Kind: OptionBool, Default: false},
	},
	check: checkUnknownFlag,
}

func checkUnknownFlag(p *pass) {
	for _, ref := range p.references(flagref.Evaluation, flagref.Override) {
		if p.flag(ref.Key) != nil || ref.Test && !p.bool("tests") || p.foreign(ref) {
			continue
		}
		f := found{ref: ref, node: ref.KeyNode, message: fmt.Sprintf("flag %q is in no registry", ref.Key)}
		if near := p.nearest(ref.Key); len(near) == 1 {
			f.message += fmt.Sprintf(": did you mean %q?", near[0])
			f.fix = correctKey(ref, near[0])
		}
		p.report(f)
	}
}

// correctKey replaces the literal that is the key at the reference, or nothing
// where the key is named otherwise.
func correctKey(ref *flagref.Reference, key string) *nodeFix {
	lit, ok := ref.KeyNode.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return nil
	}
	if was, err := strconv.Unquote(lit.Value); err != nil || was != ref.Key {
		return nil
	}
	text := strconv.Quote(key)
	if lit.Value[0] == '`' && strconv.CanBackquote(key) {
		text = "`" + key + "`"
	}
	return &nodeFix{
		message: "Correct the key",
		safety:  Unsafe,
		edits:   []analysis.TextEdit{{Pos: lit.Pos(), End: lit.End(), NewText: []byte(text)}},
	}
}
