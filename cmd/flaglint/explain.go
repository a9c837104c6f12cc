package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/analyzer"
)

func newExplain(w world) *cobra.Command {
	return &cobra.Command{
		Use:   "explain [RULE]",
		Short: "say what a rule finds, why it matters, and its options; without a rule, list them",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				for _, r := range analyzer.Rules() {
					if _, err := fmt.Fprintf(w.stdout, "%-20s %-8s %s\n", r.Name, severityOf(r), r.Title); err != nil {
						return err
					}
				}
				return nil
			}
			rule := analyzer.Lookup(args[0])
			if rule == nil {
				_, err := analyzer.New(analyzer.Config{Only: args})
				return err
			}
			_, err := fmt.Fprint(w.stdout, rule.Page())
			return err
		},
	}
}

func severityOf(r *analyzer.Rule) string {
	if r.Off {
		return "off"
	}
	return r.Severity.String()
}
