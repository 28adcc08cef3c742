@echo off
rem Runs Holdpoint from a checkout: builds the jar the first time, then runs it in the directory you are in.
setlocal
set "HOME_DIR=%~dp0"
set "JAR=%HOME_DIR%gateway\target\holdpoint.jar"
set "JAVA=java"
if not defined JAVA_OPTS set "JAVA_OPTS=-XX:+UseParallelGC"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

if exist "%JAR%" goto run
echo holdpoint: building it, the first time only 1>&2
pushd "%HOME_DIR%"
call mvn -q -DskipTests package 1>&2
set "BUILT=%ERRORLEVEL%"
popd
if not "%BUILT%"=="0" exit /b %BUILT%

:run
"%JAVA%" %JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%
