package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/docs"
)

func newExplain(w world) *cobra.Command {
	return &cobra.Command{
		Use:   "explain [RULE]",
		Short: "say what a rule finds, why it matters, and its options; without a rule, list them",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listRules(w)
			}
			if analyzer.Lookup(args[0]) == nil {
				_, err := analyzer.New(analyzer.Config{Only: args})
				return err // names the rule that is likely meant
			}
			_, err := fmt.Fprintln(w.stdout, strings.TrimSpace(docs.Rule(args[0])))
			return err
		},
	}
}

// listRules prints a line a rule.
func listRules(w world) error {
	for _, r := range analyzer.Rules() {
		severity := r.Severity.String()
		if r.Off {
			severity = "off"
		}
		if _, err := fmt.Fprintf(w.stdout, "%-20s %-8s %s\n", r.Name, severity, r.Title); err != nil {
			return err
		}
	}
	return nil
}
