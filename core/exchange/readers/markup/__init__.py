"""Tables in JSON, in web pages and in the XML of Excel 2003."""
