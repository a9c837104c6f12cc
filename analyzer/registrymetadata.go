package analyzer

import (
	"regexp"

	"github.com/flaghygiene/flaglint/registry"
)

// registryMetadata finds rows of the registry that lack what people need once the
// flag's author has moved on: an owner to ask and a description to read. It also
// finds a retired flag without the value that code keeps, dates in the wrong
// order, and keys off the naming pattern, where one is configured.
//
// Fields are asked only of registries that can hold them: flags.yaml, not what a
// flag service exports or code declares.
var registryMetadata = Rule{
	Name:          "registry-metadata",
	Title:         "a row of the registry is incomplete or contradicts itself",
	Severity:      SeverityError,
	NeedsRegistry: true,
	WholeProgram:  true,
	Options: []Option{
		{Name: "required", Doc: "fields that each row must have", Kind: OptionStrings, Default: []string{"owner", "description"},
			Values: registry.FieldNames()},
		{Name: "pattern", Doc: "a regular expression that each key must match as a whole", Kind: OptionPattern, Default: ""},
	},
	finish: finishRegistryMetadata,
}

func finishRegistryMetadata(p *program) {
	full := registry.Metadata{Required: p.list("required")}
	if text := p.text("pattern"); text != "" {
		full.Pattern = regexp.MustCompile(text) // it compiled when the option was read
	}
	for row := range p.rows() {
		asked := full
		if row.Format != registry.FormatNative {
			asked.Required = nil
		}
		for _, problem := range asked.Check(row) {
			p.reportProblem(problem)
		}
	}
}

// reportProblem tells what is wrong with a row of the registry.
func (p *program) reportProblem(problem registry.Problem) {
	f := Finding{Flag: problem.Flag.Key, Message: problem.Message}
	for _, pos := range problem.Related {
		f.Related = append(f.Related, Related{Pos: registryPosition(pos), Message: "what it contradicts"})
	}
	p.reportAt(problem.Pos, f)
}
