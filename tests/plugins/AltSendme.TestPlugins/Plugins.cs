using AltSendme.Abstractions;

namespace AltSendme.TestPlugins;

/// <summary>Does what a plugin should, with a transport that reaches nobody.</summary>
public sealed class GoodPlugin : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        File.WriteAllText(Path.Combine(context.StateFolder, "started"), context.Configuration["Greeting"] ?? "");
        return ValueTask.FromResult(new PluginOffer { Transport = static _ => throw new NotSupportedException() });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Throws from its constructor.</summary>
public sealed class ThrowingConstructorPlugin : IPlugin
{
    public ThrowingConstructorPlugin() => throw new InvalidOperationException("no luck today");

    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default) => default;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Throws when it is started.</summary>
public sealed class ThrowingPlugin : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default) => throw new InvalidOperationException("the cable is unplugged");

    public ValueTask DisposeAsync() => throw new InvalidOperationException("still unplugged");
}

/// <summary>Never finishes starting, and blocks its thread.</summary>
public sealed class HangingPlugin : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        File.WriteAllText(Path.Combine(context.StateFolder, "begun"), "");
        using var never = new ManualResetEventSlim();
        never.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
        return default;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Offers nothing, whatever its manifest says.</summary>
public sealed class EmptyPlugin : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default) => ValueTask.FromResult(new PluginOffer());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Throws from its static constructor.</summary>
public sealed class ThrowingStaticConstructorPlugin : IPlugin
{
    static ThrowingStaticConstructorPlugin() => throw new InvalidOperationException("bad at birth");

    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default) => default;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Throws after it has begun to start.</summary>
public sealed class ThrowingLaterPlugin : IPlugin
{
    public async ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        throw new InvalidOperationException("gave up half-way");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Never returns from its constructor.</summary>
public sealed class HangingConstructorPlugin : IPlugin
{
    public HangingConstructorPlugin()
    {
        using var never = new ManualResetEventSlim();
        never.Wait(TimeSpan.FromSeconds(30));
    }

    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default) => default;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Never finishes starting, without holding a thread.</summary>
public sealed class WaitingPlugin : IPlugin
{
    public async ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        File.WriteAllText(Path.Combine(context.StateFolder, "begun"), "");
        await new TaskCompletionSource().Task;
        return new PluginOffer();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Never ends.</summary>
public sealed class HangingDisposePlugin : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default) => ValueTask.FromResult(new PluginOffer { Transport = static _ => throw new NotSupportedException() });

    public ValueTask DisposeAsync()
    {
        using var never = new ManualResetEventSlim();
        never.Wait(TimeSpan.FromSeconds(30));
        return default;
    }
}

/// <summary>Starts a thread that nobody can stop.</summary>
public sealed class ThreadPlugin : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        new Thread(Run) { IsBackground = true }.Start();
        return ValueTask.FromResult(new PluginOffer { Transport = static _ => throw new NotSupportedException() });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Run()
    {
        using var never = new ManualResetEventSlim();
        never.Wait();
    }
}

/// <summary>Lets a task fail that nobody looks at.</summary>
public sealed class ForgetfulPlugin : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        _ = Task.Run(static () => Fail(), CancellationToken.None);
        return ValueTask.FromResult(new PluginOffer { Transport = static _ => throw new NotSupportedException() });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Fail() => throw new InvalidOperationException("nobody saw this");
}

/// <summary>Uses a library of its own, and writes down what that says.</summary>
public sealed class LibraryPlugin : IPlugin
{
    private string? _ended;
    private string _version = "";

    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        var library = System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(GetType().Assembly)!.LoadFromAssemblyName(new System.Reflection.AssemblyName("TestLibrary"));
        _version = $"{library.GetName().Version}";
        _ended = Path.Combine(context.StateFolder, "ended");
        File.WriteAllText(Path.Combine(context.StateFolder, "library"), $"{_version}: {library.GetType("TestLibrary.Answer")!.GetMethod("Text")!.Invoke(null, null)}");
        return ValueTask.FromResult(new PluginOffer { Transport = static _ => throw new NotSupportedException() });
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended is not null)
            await File.AppendAllTextAsync(_ended, $"{_version}\n");
    }
}

/// <summary>Can't be made.</summary>
public abstract class AbstractPlugin : IPlugin
{
    public abstract ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default);

    public abstract ValueTask DisposeAsync();
}

/// <summary>Can't be made without an argument.</summary>
public sealed class DemandingPlugin(string wish) : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default) => throw new InvalidOperationException(wish);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Is no plugin at all.</summary>
public sealed class NotAPlugin;
