-- Whether a user may see what lies in the region of a column: everything where there is no scope.
$scope IS NULL
OR {column} IN (
    SELECT scoped.region_id FROM region_closure AS scoped
    WHERE scoped.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[]))))
