package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

// mistaken refuses a first argument that is meant as a command and is none: a
// word that is close to one and names no directory. As a package it would give
// the go command's complaint about the standard library.
func mistaken(c *cobra.Command, args []string) error {
	if len(args) == 0 || strings.ContainsAny(args[0], "./") || c.HasParent() {
		return nil
	}
	dir, err := workDir(c)
	if err != nil {
		return err
	}
	if info, err := os.Stat(filepath.Join(dir, args[0])); err == nil && info.IsDir() {
		return fmt.Errorf("%s: packages are named by ./%s or by import path", args[0], args[0])
	}
	c.SuggestionsMinimumDistance = 2
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		return fmt.Errorf("%s: no such command (did you mean %s?)", args[0], near[0])
	}
	return nil
}
