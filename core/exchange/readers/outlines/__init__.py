"""Files of outlines: GeoJSON, TopoJSON and shapefiles as tables of features."""
