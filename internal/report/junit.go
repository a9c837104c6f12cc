package report

import (
	"encoding/xml"
	"io"
)

type junitOutput struct {
	XMLName xml.Name   `xml:"testsuites"`
	Suite   junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Line    int           `xml:"line,attr,omitempty"`
	Failure *junitFailure `xml:"failure"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// JUnit writes the outcome as a suite of tests, of which each finding is one that
// failed. Where there is none, one test has passed: readers take a suite without
// tests for a mistake.
func (c Check) JUnit(w io.Writer, o Options) error {
	suite := junitSuite{Name: name, Tests: max(1, len(c.Findings)), Failures: len(c.Findings)}
	if len(c.Findings) == 0 {
		suite.Cases = []junitCase{{Name: "check", Class: name}}
	}
	for _, f := range c.Findings {
		at := position(o.Paths.Show(f.Pos.Filename), f.Pos.Line, f.Pos.Column)
		suite.Cases = append(suite.Cases, junitCase{
			Name: f.Rule + " " + at, Class: name + "." + f.Rule, File: o.Paths.Show(f.Pos.Filename), Line: f.Pos.Line,
			Failure: &junitFailure{Message: at + ": " + f.Message, Type: f.Severity.String(), Text: o.message(f)},
		})
	}
	return writeXML(w, junitOutput{Suite: suite})
}
