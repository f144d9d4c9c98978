#!/bin/sh
# Runs once, on an empty volume: MLflow's database, and a user who may do in it what MLflow and its migrations do, over
# TLS only, and nothing elsewhere. Passwords go in by the standard input: other users see arguments.
set -eu
SECRETS="${SECRETS:-/run/secrets/alta}"
MYSQL_PWD="$(cat "$SECRETS/root-password")" mysql --protocol=socket --socket="${SOCKET:-/var/run/mysqld/mysqld.sock}" --user=root <<SQL
CREATE DATABASE mlflow CHARACTER SET utf8mb4;
CREATE USER 'mlflow'@'%' IDENTIFIED BY '$(cat "$SECRETS/database-password")' REQUIRE SSL;
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER ON mlflow.* TO 'mlflow'@'%';
SQL
