using System.Globalization;
using System.Runtime.InteropServices;
using AltSendme.Wine.Driver;

// Does under Wine what a person or Explorer would do; the tests on the other side read what it prints.
switch (args)
{
    case ["verb", var type, var verb, var path]:
        Console.WriteLine(Shell.Execute(type, verb, path));
        return 0;
    case ["open", var path]:
        Console.WriteLine(Shell.Execute(null, null, path));
        return 0;
    case ["paste"]:
        Console.Write(Clipboard.Read());
        return 0;
    case ["hold", var milliseconds]:
        Clipboard.Hold(TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture)), static () => Console.WriteLine("held"));
        return 0;
    case ["activate", var classId]:
        Marshal.ThrowExceptionForHR(Activation.Start(new Guid(classId)));
        Console.WriteLine("activated");
        return 0;
    default:
        return 2;
}
