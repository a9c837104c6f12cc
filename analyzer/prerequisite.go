package analyzer

// prerequisite finds flags that require another flag which is in no registry, is
// retired or expired, or requires them in turn. A flag behind a dead prerequisite
// cannot be switched on any more, or comes on for everyone when the prerequisite
// goes; flags in a cycle can never be on.
//
// It is told where the registry names the prerequisite.
var prerequisite = Rule{
	Name:          "prerequisite",
	Title:         "a flag requires one that is unknown, retired, expired or in a cycle",
	Severity:      SeverityWarning,
	NeedsRegistry: true,
	WholeProgram:  true,
	finish:        finishPrerequisite,
}

func finishPrerequisite(p *program) {
	cfg := p.suite.cfg
	for _, problem := range cfg.Registry.Prerequisites(cfg.Today, cfg.NextVersion) {
		p.reportProblem(problem)
	}
}
