package analyzer

import (
	"fmt"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
)

// unusedFlag finds flags that the registry has and that no code evaluates, sets
// or mentions. They clutter the registry and the flag service, and nobody dares
// to delete them, because nobody knows that nothing asks for them.
//
// It is told at the registry's line, and only when every package of the module
// was loaded with its tests. A planned flag has no code yet, and the row of a
// retired one stays as a record, so both are fine. Where code evaluates keys that
// are not known at build time, the message says so, since one of those may be
// the flag.
var unusedFlag = Rule{
	Name:          "unused-flag",
	Title:         "a registered flag is referenced nowhere",
	Severity:      SeverityWarning,
	NeedsRegistry: true,
	WholeProgram:  true,
	Options: []Option{
		{Name: "ignore-tags", Doc: "tags of flags that other programs read", Kind: OptionStrings, Default: []string{}},
	},
	finish: finishUnusedFlag,
}

func finishUnusedFlag(p *program) {
	if !p.scope.Whole || !p.scope.Tests {
		return
	}
	used := map[string]bool{}
	for s := range p.of(flagref.Evaluation, flagref.Override, flagref.Mention) {
		used[s.Key] = true
	}
	var declared = map[string]Site{}
	for s := range p.of(flagref.Declaration) {
		if _, ok := declared[s.Key]; !ok {
			declared[s.Key] = s
		}
	}
	var dynamic []Related
	for s := range p.of(flagref.Evaluation) {
		if s.Dynamic != "" && !s.Test {
			dynamic = append(dynamic, Related{Pos: s.Pos, Message: "the key that is evaluated here is not known at build time"})
		}
	}
	for row := range p.rows() {
		if used[row.Key] || row.State == registry.StatePlanned || row.State == registry.StateRetired || row.Locked || p.tagged(row) {
			continue
		}
		f := Finding{Flag: row.Key, Message: fmt.Sprintf("flag %q is registered, and referenced nowhere", row.Key)}
		if d, ok := declared[row.Key]; ok {
			f.Message = fmt.Sprintf("flag %q is registered and declared, and nothing evaluates it", row.Key)
			f.Related = append(f.Related, Related{Pos: d.Pos, Message: "the declaration"})
		}
		if len(dynamic) > 0 {
			f.Message += fmt.Sprintf(" (unless by one of the %d evaluations whose key is not known at build time)", len(dynamic))
			f.Related = append(f.Related, dynamic[0])
		}
		p.reportAt(row.Source, f)
	}
}

// tagged reports whether one of the flag's tags is to be ignored.
func (p *program) tagged(row *registry.Flag) bool {
	for _, tag := range p.list("ignore-tags") {
		for _, t := range row.Tags {
			if t == tag {
				return true
			}
		}
	}
	return false
}
