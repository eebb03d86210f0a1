using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json.Nodes;
using AltSendme.Abstractions;
using AltSendme.Core.Plugins;
using AltSendme.Core.Plugins.Trust;
using AltSendme.Core.Policy;
using AltSendme.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AltSendme.Core.Tests.Plugins;

/// <summary>Folders of test plugins and hosts for them, and what those log.</summary>
internal sealed class PluginBench : IDisposable
{
    public const string Assembly = "AltSendme.TestPlugins.dll";

    /// <summary>A policy without rules.</summary>
    public static readonly PolicyDecisionPoint Anything = new(EffectivePolicy.None);

    /// <summary>A policy that allows nothing.</summary>
    public static readonly PolicyDecisionPoint Nothing = new(EffectivePolicy.Unusable(new PolicyException("policy.invalid", "policy says no")));

    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public string UserRoot => System.IO.Path.Combine(Path, "user");

    /// <summary>What was logged, warnings and worse.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    public void Dispose() => _folder.Dispose();

    public IReadOnlyList<PluginFolder> Found() => PluginSearch.Find([(System.IO.Path.Combine(Path, "plugins"), PluginOrigin.BuiltIn), (UserRoot, PluginOrigin.User)]);

    public PluginHost Host(TimeProvider? time = null, PolicyDecisionPoint? policy = null) => new(Found(), new PluginHostOptions
    {
        Configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Plugins:test.good:Greeting", "hello")]).Build(),
        StateFolder = System.IO.Path.Combine(Path, "state"),
        TimeProvider = time ?? TimeProvider.System,
        LoggerFactory = new Lines(Log),
        Policy = policy ?? Anything,
    });

    public string State(string id, string file) => System.IO.Path.Combine(Path, "state", "plugin-state", id, file);

    public string Install(string id, string type, string contract = "1.0", string root = "plugins")
    {
        var folder = System.IO.Path.Combine(Path, root, id);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "test-plugins")))
            File.Copy(file, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file)));
        File.WriteAllText(System.IO.Path.Combine(folder, PluginManifest.FileName), $$"""
            {"id":"{{id}}","kind":"transport","schemes":["test"],"version":"1.0","contractVersion":"{{contract}}","assembly":"{{Assembly}}","type":"AltSendme.TestPlugins.{{type}}"}
            """);
        return folder;
    }

    /// <summary>Puts the hashes of the files, as they are, into the manifest.</summary>
    public static string Seal(string folder)
    {
        var file = System.IO.Path.Combine(folder, PluginManifest.FileName);
        var manifest = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        manifest["hashes"] = new JsonObject(PluginFiles.List(folder).Select(path => KeyValuePair.Create(path, (JsonNode?)PluginHashes.Of(File.ReadAllBytes(System.IO.Path.Combine(folder, path))))));
        File.WriteAllText(file, manifest.ToJsonString());
        return folder;
    }

    /// <summary>Puts version 1.<paramref name="round"/> of a plugin where the last one was, as an installer does it: the new folder is made beside the old one and takes its place.</summary>
    public void Replace(string id, int round)
    {
        var made = Install(id, "LibraryPlugin", root: "made");
        AddLibrary(made, new Version(1, round, 0, 0), "x");
        Seal(made);
        var place = System.IO.Path.Combine(UserRoot, id);
        Directory.CreateDirectory(UserRoot);
        if (Directory.Exists(place))
            Directory.Move(place, System.IO.Path.Combine(Path, $"old-{round}"));
        Directory.Move(made, place);
    }

    /// <summary>Writes a library of one name whose version and answer differ from plugin to plugin.</summary>
    public static void AddLibrary(string folder, Version version, string answer)
    {
        var library = new PersistedAssemblyBuilder(new AssemblyName("TestLibrary") { Version = version }, typeof(object).Assembly);
        var type = library.DefineDynamicModule("TestLibrary").DefineType("TestLibrary.Answer", TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.Class);
        var code = type.DefineMethod("Text", MethodAttributes.Public | MethodAttributes.Static, typeof(string), []).GetILGenerator();
        code.Emit(OpCodes.Ldstr, answer);
        code.Emit(OpCodes.Ret);
        type.CreateType();
        library.Save(System.IO.Path.Combine(folder, "TestLibrary.dll"));

        // Without a deps.json every assembly of the folder is the plugin's.
        File.Delete(System.IO.Path.Combine(folder, "AltSendme.TestPlugins.deps.json"));
    }

    private sealed class Lines(ConcurrentQueue<string> lines) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines.Enqueue(formatter(state, exception));
        }

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
