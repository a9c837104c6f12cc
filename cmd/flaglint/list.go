package main

import (
	"bytes"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/analyzer"
)

func newList(w world) *cobra.Command {
	var o options
	var history bool
	c := &cobra.Command{
		Use:   "list [packages]",
		Short: "list every flag, where it is declared and where it is referenced",
		Args:  cobra.ArbitraryArgs,
	}
	o.addLoad(c)
	o.addCache(c)
	o.addOutput(c, "table", "json", "csv")
	c.Flags().BoolVar(&history, "history", false, "also show, in the table, what flaglint sync saw change of each flag")
	c.RunE = func(c *cobra.Command, args []string) error {
		s, err := newSession(c, w, o, args)
		if err != nil {
			return err
		}
		return s.list(history)
	}
	return c
}

// list shows the inventory. JSON has the history of flags always, the table where it
// is asked for.
func (s *session) list(history bool) error {
	suite, err := s.suite(nil, analyzer.SeverityError)
	if err != nil {
		return err
	}
	if err := s.findFlags(suite, true); err != nil {
		return err
	}
	broken := s.tellLoadErrors()
	inventory := s.inventory()
	if history || s.format == "json" {
		known, err := s.history()
		if err != nil {
			return err
		}
		inventory.AddHistory(known)
	}
	var b bytes.Buffer
	switch s.format {
	case "json":
		err = inventory.JSON(&b, s.paths)
	case "csv":
		err = inventory.CSV(&b, s.paths)
	default:
		err = inventory.Table(&b, s.textOptions())
	}
	if err != nil {
		return err
	}
	if err := s.writeOutput(s.world, s.dir, b.Bytes()); err != nil {
		return err
	}
	if broken {
		return codeError(exitError)
	}
	return nil
}
